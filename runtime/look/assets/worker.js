// Starts the service worker once the page is there, or takes it away where the site has switched it off.
// Says on a page that is read without a connection that it is a copy.
// On pages outside a region there is nothing to do.
const worker = document.querySelector('link[rel="manifest"]')?.dataset.worker;

if (navigator.serviceWorker && worker !== undefined) {
  if (worker) {
    navigator.serviceWorker.register(worker).catch(console.error);
  } else {
    navigator.serviceWorker.getRegistrations().then((all) => all.forEach((each) => each.unregister()));
  }
}

const note = document.querySelector("[data-offline-note]");
const show = () => (note.hidden = navigator.onLine);
if (note && !document.querySelector("form[data-send]")) {
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
