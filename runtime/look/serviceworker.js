// Keeps the site readable without a connection: looks, the page that says so, and pages the server marks as the
// same for everybody. A personal page is never kept and a post never touched. `SETTINGS` stands in front of this.
const HASHED = /^\/static\/.*[.-]([0-9a-f]{12}|[0-9A-Z]{8})\.\w+$/;
const OTHERS = ["/admin/", "/django-admin/"];
const LANGUAGE = "/offline/language";
const MOST_PAGES = 60;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (!SETTINGS.on || request.method !== "GET" || address.origin !== location.origin) return;
  if (OTHERS.some((start) => address.pathname.startsWith(start))) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (HASHED.test(address.pathname) || SETTINGS.looks.includes(address.pathname + address.search)) {
    event.respondWith(look(request, HASHED.test(address.pathname)));
  }
});

async function install() {
  self.skipWaiting();
  if (SETTINGS.on) await (await caches.open(SETTINGS.cache)).addAll([...SETTINGS.looks, ...Object.values(SETTINGS.pages)]);
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("rakit-") && (!SETTINGS.on || name !== SETTINGS.cache));
  await Promise.all(old.map((name) => caches.delete(name)));
  if (SETTINGS.on) return self.clients.claim();
  return self.registration.unregister();
}

async function page(event, address) {
  const cache = await caches.open(SETTINGS.cache);
  try {
    const answer = await fetch(event.request);
    event.waitUntil(remember(cache, address, answer.clone()));
    return answer;
  } catch {
    const language = await (await cache.match(LANGUAGE))?.text();
    const kept = address.search ? undefined : await cache.match(address.pathname, { ignoreVary: true });
    return kept ?? cache.match(SETTINGS.pages[language] ?? SETTINGS.pages.id);
  }
}

/** Keep a page the server marks as public, and the language its reader uses. */
async function remember(cache, address, answer) {
  const language = answer.headers.get("Content-Language");
  if (language in SETTINGS.pages) await cache.put(LANGUAGE, new Response(language));
  if (!answer.ok || answer.redirected || address.search || answer.headers.get("X-Offline") !== "keep") return;
  await cache.put(address.pathname, answer);
  const pages = (await cache.keys()).filter((known) => !isFixed(new URL(known.url)));
  for (const oldest of pages.slice(0, Math.max(0, pages.length - MOST_PAGES))) await cache.delete(oldest);
}

function isFixed(address) {
  const path = address.pathname + address.search;
  return path.startsWith("/static/") || path.startsWith("/offline/") || SETTINGS.looks.includes(path);
}

/** What has its digest in its name never changes; anything else is asked for first. */
async function look(request, hashed) {
  const cache = await caches.open(SETTINGS.cache);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept && hashed) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
