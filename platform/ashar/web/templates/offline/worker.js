"use strict";
// Without a connection: pages from the network first, else as they were read last, else the page that says so.
const CONFIG = {{ config }};
const SHELL = named("shell"), HOMES = named("pages-homes"), OTHERS = named("pages"), PICTURES = named("pictures");
const PAGES = [HOMES, ...Object.keys(CONFIG.sections).map(section => named("pages-" + section)), OTHERS];
const MOST = { [HOMES]: 3, [OTHERS]: 24, [PICTURES]: 40 };
for (const [section, most] of Object.entries(CONFIG.sections)) MOST[named("pages-" + section)] = most;
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

function named(shelf) {
  return shelf + "-" + CONFIG.version;
}

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
    const last = await kept(shelf(url), plain(url));
    return last ? withNote(last) : withList(await kept(SHELL, url.pathname.slice(0, 4) + "offline/"));
  }
  if (isToBeKept(answer)) await keep(shelf(url), plain(url), answer.clone());
  return answer;
}

function isToBeKept(answer) {
  return answer.ok && answer.headers.get("X-Offline") === "keep" && answer.headers.get("Content-Type").startsWith("text/html");
}

// What stands in a section, as a project, has a shelf of its own: who reads lists pushes none of them out.
function shelf(url) {
  const [, , section, slug] = url.pathname.split("/");
  if (!section) return HOMES;
  return slug && Object.keys(CONFIG.sections).includes(section) ? named("pages-" + section) : OTHERS;
}

// An address as we know it, without the marks of who shared it.
function plain(url) {
  const own = new URL(url.href);
  own.hash = "";
  for (const mark of CONFIG.marks) if (own.searchParams.has(mark)) own.searchParams.delete(mark);
  return own.href;
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

// Lists that were narrowed are left out: they have the name of the whole.
async function withList(answer) {
  const text = await answer.text(), shelves = await Promise.all(PAGES.map(links));
  const list = shelves.flat().join("");
  const filled = list ? text.replace('class="offline-kept" hidden', 'class="offline-kept"').replace("</ul><!-- kept -->", list + "</ul>") : text;
  return new Response(filled, { headers: answer.headers });
}

async function links(shelf) {
  const cache = await caches.open(shelf);
  const whole = (await cache.keys()).filter(request => !new URL(request.url).search).reverse();
  return Promise.all(whole.map(async request => link(request.url, await (await cache.match(request, { ignoreVary: true })).text())));
}

// Our own page wrote its title so that it can stand in HTML.
function link(href, page) {
  const [, language] = page.match(/<html lang="(\w+)"/) || [];
  const [, title] = page.match(/<meta property="og:title" content="([^"]*)"/) || [];
  return title ? '<li><a lang="' + language + '" href="' + new URL(href).pathname + '">' + title + "</a></li>" : "";
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
