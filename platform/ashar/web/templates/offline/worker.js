"use strict";
// Without a connection: pages from the network first, else as they were read last, else the page that says so.
const CONFIG = {{ config }};
const SHELL = "shell-" + CONFIG.version, PAGES = "pages-" + CONFIG.version, PICTURES = "pictures-" + CONFIG.version;
const MOST = { [PAGES]: 12, [PICTURES]: 40 };
const IN_A_LANGUAGE = new RegExp("^/(" + CONFIG.languages.join("|") + ")/");

self.addEventListener("install", event => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", event => event.waitUntil(tidy().then(() => self.clients.claim()).then(readOpenPages)));
self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (IN_A_LANGUAGE.test(url.pathname)) event.respondWith(page(event.request, url));
  } else if (CONFIG.files.includes(url.pathname)) {
    event.respondWith(kept(SHELL, event.request).then(file => file || fetch(event.request)));
  } else if (event.request.destination === "image" && url.pathname.startsWith(CONFIG.media)) {
    event.respondWith(picture(event.request));
  }
});

// Cookies stay at home: the shell is the same for everybody.
async function fill() {
  const shell = await caches.open(SHELL);
  await shell.addAll(CONFIG.files.map(file => new Request(file, { credentials: "omit" })));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter(name => !name.endsWith(CONFIG.version)).map(name => caches.delete(name)));
}

// The first page was read before there was a worker.
async function readOpenPages() {
  const open = await self.clients.matchAll({ type: "window" });
  const urls = open.map(client => new URL(client.url)).filter(url => IN_A_LANGUAGE.test(url.pathname));
  await Promise.all(urls.map(url => page(new Request(url.href), url)));
}

async function page(request, url) {
  let answer;
  try {
    answer = await fetch(request);
  } catch (noConnection) {
    const last = await kept(PAGES, url.href);
    return last ? withNote(last) : kept(SHELL, url.pathname.slice(0, 4) + "offline/");
  }
  if (answer.ok && answer.headers.get("X-Offline") === "keep") await keep(PAGES, url.href, answer.clone());
  return answer;
}

async function picture(request) {
  const last = await kept(PICTURES, request);
  if (last) return last;
  const answer = await fetch(request);
  if (answer.ok) await keep(PICTURES, request, answer.clone());
  return answer;
}

async function withNote(answer) {
  const text = await answer.text();
  return new Response(text.replace('class="offline-note" hidden', 'class="offline-note"'), { headers: answer.headers });
}

async function kept(shelf, what) {
  const cache = await caches.open(shelf);
  return cache.match(what, { ignoreVary: true });
}

// A full phone keeps nothing and reads on.
async function keep(shelf, what, answer) {
  try {
    const cache = await caches.open(shelf);
    await cache.delete(what, { ignoreVary: true });
    await cache.put(what, answer);
    const older = (await cache.keys()).slice(0, -MOST[shelf]);
    await Promise.all(older.map(old => cache.delete(old, { ignoreVary: true })));
  } catch (noRoom) {}
}
