// Starts a component of govuk-frontend on every element that asks for it.

/** Start `Component` on each `data-module="name"` of the page. */
export function start(Component, name, options) {
  for (const root of document.querySelectorAll(`[data-module="${name}"]`)) {
    try {
      new Component(root, options);
    } catch (error) {
      console.error(error); // one broken part must not stop the others
    }
  }
}
