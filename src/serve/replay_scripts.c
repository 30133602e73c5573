/* They are short enough to be sent as they stand here. */
#include <config.h>

#include "serve/replay_scripts.h"

/* A navigation is passed on with a mark.  Requests to other hosts go to this origin's own path for
 * them, and what comes back has the URL that was asked for, so that relative URLs in it work. */
static const char worker[] =
    ("\"use strict\";\n"
     "const get = self.location.origin + '" REPLAY_GET "';\n"
     "self.addEventListener('install', () => self.skipWaiting());\n"
     "self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));\n"
     "async function archived(request) {\n"
     "  if (request.method !== 'GET' && request.method !== 'HEAD')\n"
     "    return new Response('', {status: 405});\n"
     "  const headers = {};\n"
     "  if (request.headers.has('range')) headers.range = request.headers.get('range');\n"
     "  const answer = await fetch(get + request.url.replace(/#.*/, ''),\n"
     "    {method: request.method, headers, credentials: 'omit'});\n"
     "  const fields = new Headers(answer.headers);\n"
     "  fields.delete('content-security-policy');\n"
     "  fields.set('access-control-allow-origin', self.location.origin);\n"
     "  fields.set('access-control-allow-credentials', 'true');\n"
     "  const empty = [101, 204, 205, 304].includes(answer.status);\n"
     "  return new Response(empty ? null : answer.body,\n"
     "    {status: answer.status, statusText: answer.statusText, headers: fields});\n"
     "}\n"
     "self.addEventListener('fetch', event => {\n"
     "  const request = event.request, url = new URL(request.url);\n"
     "  if (url.protocol !== 'http:' && url.protocol !== 'https:') return;\n"
     "  if (request.mode === 'navigate') {\n"
     "    if (request.method === 'GET' && url.origin === self.location.origin)\n"
     "      event.respondWith(fetch(request.url, {headers: {'" REPLAY_WORKER_FIELD "': '1'},\n"
     "        redirect: 'manual', credentials: 'same-origin', referrer: request.referrer}));\n"
     "  } else if (url.origin !== self.location.origin)\n"
     "    event.respondWith(archived(request));\n"
     "});\n");

/* When the worker cannot run, or is not there even after a second load, pages are shown without
 * it. */
static const char start[] =
    ("\"use strict\";\n"
     "function plain() {\n"
     "  document.cookie = '" REPLAY_PLAIN_COOKIE "; path=/; SameSite=Lax; max-age=3600';\n"
     "  if (document.cookie.includes('" REPLAY_PLAIN_COOKIE "')) location.reload();\n"
     "}\n"
     "async function begin() {\n"
     "  const tries = Number(sessionStorage.getItem('warccap-tries') || 0);\n"
     "  if (tries > 2) { sessionStorage.removeItem('warccap-tries'); return plain(); }\n"
     "  sessionStorage.setItem('warccap-tries', tries + 1);\n"
     "  await navigator.serviceWorker.register('" REPLAY_PREFIX "worker.js', {scope: '/'});\n"
     "  const there = await navigator.serviceWorker.ready;\n"
     "  if (there.active.state !== 'activated')\n"
     "    await new Promise(done => there.active.addEventListener('statechange', done));\n"
     "  location.reload();\n"
     "}\n"
     "if (navigator.serviceWorker) begin().catch(plain); else plain();\n");

/* A frame that the parser has just made does not go where it is sent at once, so it waits a turn.
 * Links are changed before they are clicked: browsers connect to where the pointer rests.  The
 * Navigation API sees what no click causes: location = URL, meta refresh. */
static const char replay[] =
    ("\"use strict\";\n"
     "(() => {\n"
     "try { sessionStorage.removeItem('warccap-tries'); } catch (e) {}\n"
     "const end = /(?:\\.\\d{14})?\\.localhost(?::\\d+)?$/.exec(location.host);\n"
     "if (!end) return;\n"
     "const port = location.port, own = /(^|\\.)localhost$/;\n"
     "function rerouted(text) {\n"
     "  let url;\n"
     "  try { url = new URL(text, document.baseURI); } catch (e) { return null; }\n"
     "  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;\n"
     "  if (own.test(url.hostname) && url.port === port) return null;\n"
     "  const host = url.hostname[0] === '['\n"
     "    ? 'ip6-' + url.hostname.slice(1, -1).replace(/:/g, 'x') : url.hostname;\n"
     "  return 'http://' + host + (url.port ? '.port-' + url.port : '') + end[0]\n"
     "    + url.pathname + url.search + url.hash;\n"
     "}\n"
     "function change(element, name) {\n"
     "  const value = element.getAttribute && element.getAttribute(name);\n"
     "  const there = value && rerouted(value);\n"
     "  if (there) element.setAttribute(name, there);\n"
     "}\n"
     "function onLink(event) {\n"
     "  for (const element of event.composedPath()) {\n"
     "    if (element.localName !== 'a' && element.localName !== 'area') continue;\n"
     "    element.removeAttribute('ping');\n"
     "    change(element, 'href');\n"
     "    change(element, 'xlink:href');\n"
     "  }\n"
     "}\n"
     "for (const kind of ['pointerover', 'pointerdown', 'mousedown', 'focusin', 'keydown',\n"
     "    'contextmenu', 'click', 'auxclick'])\n"
     "  addEventListener(kind, onLink, true);\n"
     "addEventListener('submit', event => {\n"
     "  change(event.target, 'action');\n"
     "  if (event.submitter) change(event.submitter, 'formaction');\n"
     "}, true);\n"
     "const open = window.open;\n"
     "window.open = function (url, ...rest) {\n"
     "  return open.call(this, url && rerouted(url) || url, ...rest);\n"
     "};\n"
     "if (window.navigation)\n"
     "  navigation.addEventListener('navigate', event => {\n"
     "    const there = rerouted(event.destination.url);\n"
     "    if (!there || !event.cancelable) return;\n"
     "    event.preventDefault();\n"
     "    location.href = there;\n"
     "  });\n"
     "function isIcon(node) { return node.nodeName === 'LINK' && /icon/i.test(node.rel); }\n"
     "addEventListener('DOMContentLoaded', () => {\n"
     "  const blunted = document.querySelector('link[rel$=\"xxxn\" i]');\n"
     "  if (!blunted || !document.head) return;\n"
     "  const icon = document.createElement('link');\n"
     "  icon.rel = 'icon';\n"
     "  icon.href = rerouted(blunted.getAttribute('href') || '') || blunted.href;\n"
     "  document.head.append(icon);\n"
     "});\n"
     "const frames = {IFRAME: 'src', FRAME: 'src', EMBED: 'src', OBJECT: 'data'};\n"
     "function look(node) {\n"
     "  const name = frames[node.nodeName], blunted = name && 'x' + name.slice(1);\n"
     "  if (name && node.hasAttribute('xrcdoc')) {\n"
     "    const policy = \"default-src 'unsafe-inline' data: blob: http://*.localhost\"\n"
     "      + (port && ':' + port);\n"
     "    const text = '<meta http-equiv=\"Content-Security-Policy\" content=\"'\n"
     "      + policy + '\">' + node.getAttribute('xrcdoc');\n"
     "    setTimeout(() => node.setAttribute('srcdoc', text));\n"
     "    node.removeAttribute('xrcdoc');\n"
     "  }\n"
     "  if (name && node.hasAttribute(blunted)) {\n"
     "    const value = node.getAttribute(blunted);\n"
     "    node.removeAttribute(blunted);\n"
     "    setTimeout(() => node.setAttribute(name, rerouted(value) || value));\n"
     "  } else if (name) change(node, name);\n"
     "  if (isIcon(node)) change(node, 'href');\n"
     "}\n"
     "const src = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'src');\n"
     "Object.defineProperty(HTMLIFrameElement.prototype, 'src', {...src,\n"
     "  set(value) { src.set.call(this, rerouted(value) || value); }});\n"
     "const setAttribute = Element.prototype.setAttribute;\n"
     "Element.prototype.setAttribute = function (name, value) {\n"
     "  const isUrl = frames[this.nodeName] && frames[this.nodeName] === "
     "String(name).toLowerCase();\n"
     "  setAttribute.call(this, name, isUrl && rerouted(value) || value);\n"
     "};\n"
     "new MutationObserver(changes => {\n"
     "  for (const one of changes) {\n"
     "    if (one.type === 'attributes') look(one.target);\n"
     "    for (const node of one.addedNodes) {\n"
     "      look(node);\n"
     "      if (node.querySelectorAll)\n"
     "        node.querySelectorAll('iframe,frame,embed,object,link').forEach(look);\n"
     "    }\n"
     "  }\n"
     "}).observe(document, {childList: true, subtree: true, attributes: true,\n"
     "  attributeFilter: ['src', 'data', 'href']});\n"
     "})();\n");

static const char start_page[] =
    ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>warccap</title>\n"
     "<script src=\"" REPLAY_PREFIX "start.js\"></script></head><body>\n"
     "<noscript>To show archived pages, the browser must run scripts. Turn them on for "
     "localhost.</noscript></body></html>\n");

struct text replay_script(struct text name)
{
    if (text_equal(name, TEXT("worker.js")))
        return text_of(worker);
    if (text_equal(name, TEXT("start.js")))
        return text_of(start);
    return text_equal(name, TEXT("replay.js")) ? text_of(replay) : TEXT("");
}

struct text replay_start_page(void)
{
    return text_of(start_page);
}
