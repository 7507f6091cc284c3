// Opens the locked report in this window. The key and the pages stay in its memory and nowhere else.
(function () {
  "use strict";
  var FORM = "reportgen locked page 1";
  var LEAST = 600000, MOST = 10000000;
  var report = window.reportgen;
  var form = document.getElementById("open");
  var password = document.getElementById("password");
  var see = document.getElementById("see");
  var said = document.getElementById("said");
  var utf8 = new TextEncoder();

  function Damaged() { /* the file is not as it was made */ }

  function bytes(base64) {
    try { return report.bytes(atob(base64)); } catch (error) { throw new Damaged(); }
  }

  function decrypt(key, nonce, sealed, bound) {
    var how = { name: "AES-GCM", iv: nonce, additionalData: utf8.encode(bound), tagLength: 128 };
    return crypto.subtle.decrypt(how, key, sealed);
  }

  function keyOf(raw) { return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]); }

  // The key of the pages, if this slot was made with this password; else null.
  async function opened(slot, words, iterations) {
    var how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(slot.salt), iterations: iterations };
    var wrapping = await crypto.subtle.deriveKey(
      how, words, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    var raw;
    try { raw = new Uint8Array(await decrypt(wrapping, bytes(slot.nonce), bytes(slot.key), FORM)); }
    catch (error) { return null; }
    var key = await keyOf(raw);
    raw.fill(0);
    return key;
  }

  // What was locked; null when no slot opens with this password.
  async function unlocked(text) {
    var header = document.getElementById("header").textContent;
    var how = read(header);
    var normal = utf8.encode(text.normalize("NFKC").trim());
    var words = await crypto.subtle.importKey("raw", normal, "PBKDF2", false, ["deriveKey"]);
    for (var slot of how.slots) {
      var key = await opened(slot, words, how.iterations);
      if (key === null) continue;
      try {
        var sealed = bytes(document.getElementById("pages").textContent);
        var padded = await decrypt(key, bytes(how.nonce), sealed, header);
        var length = Number(new DataView(padded).getBigUint64(0));
        return JSON.parse(await report.unpacked(new Uint8Array(padded, 8, length)));
      } catch (error) { throw new Damaged(); }
    }
    return null;
  }

  function read(header) {
    var how;
    try { how = JSON.parse(header); } catch (error) { throw new Damaged(); }
    // Fewer rounds would be easy to guess at, more would only hold the browser up.
    var fair = how.iterations >= LEAST && how.iterations <= MOST;
    if (how.form !== FORM || !fair || !Array.isArray(how.slots)) throw new Damaged();
    return how;
  }

  function show(edition) {
    var style = document.createElement("style");
    style.textContent = edition.style;
    document.head.replaceChild(style, document.querySelector("style"));
    var body = new DOMParser().parseFromString(edition.body, "text/html").body;
    document.body.replaceChildren.apply(document.body, Array.from(body.childNodes));
    document.documentElement.classList.add("unlocked");
    // Light or dark, and ticks, last as long as the window: nothing of the report is left behind.
    var memory = new Map();
    report.oneFile(edition.shelf, {
      get: function (name) { return memory.has(name) ? memory.get(name) : null; },
      set: function (name, value) { if (value === null) memory.delete(name); else memory.set(name, value); }
    }, false);
  }

  if (!window.crypto || !crypto.subtle || !window.DecompressionStream) {
    said.textContent = "This browser cannot open it. Save the page as a file and open that, or use a newer browser.";
    return;
  }
  said.textContent = "";
  form.hidden = false;
  password.focus();
  see.addEventListener("change", function () { password.type = see.checked ? "text" : "password"; });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var button = form.querySelector("button");
    button.disabled = true;
    said.textContent = "Opening …";
    unlocked(password.value).then(function (edition) {
      password.value = "";
      if (edition) { show(edition); return; }
      said.textContent = "That passphrase does not open it. Capitals, hyphens and the spaces between words count.";
      password.focus();
    }, function (error) {
      said.textContent = error instanceof Damaged
        ? "This file is not as it was made: it was damaged or changed on its way. Ask for it again."
        : "This browser could not open it. Try another one.";
    }).then(function () { button.disabled = false; });
  });
})();
