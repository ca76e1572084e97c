// Part for: [data-onward]
// A step of a test run was taken inside its frame: the page around it shows what came of it.
const { href } = document.querySelector("[data-onward]");
if (window.top !== window) window.top.location.assign(href);
