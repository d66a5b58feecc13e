// Runs before all else, while the console's own script is on its way. A file, since inline scripts are forbidden.
(function () {
  var kept = {};
  try {
    kept = localStorage;
  } catch (_) {
    // Storage is switched off: follow the system.
  }

  // Light or dark is set before the first paint, so that a dark screen does not flash white.
  var chosen = kept['svarhus-color-scheme'];
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

  // The texts of the desk in the reader's language; the same choice as `chosen` in src/shared/i18n.
  var texts = JSON.parse((document.querySelector('meta[name="svarhus-texts"]') || { content: '{}' }).content);
  var languages = [kept['svarhus-language']].concat(navigator.languages).map(function (language) {
    var short = (language || '').slice(0, 2).toLowerCase();
    return short === 'no' || short === 'nn' ? 'nb' : short;
  });
  var language = languages.concat('en').find(function (short) {
    return texts[short];
  });
  if (language) {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = texts[language];
    document.head.appendChild(link);
  }

  // Pages for who is not signed in ask for nothing.
  if (/^\/(sign-in|invitation|wallboard)(\/|$)/.test(location.pathname)) return;
  var wanted = ['/api/me'];
  if (/^\/(desk)?$/.test(location.pathname)) wanted.push('/api/desk/view');
  var answers = {};
  wanted.forEach(function (path) {
    answers[path] = fetch(path, { headers: { 'X-Svarhus': '1' } });
    // Whoever takes the answer is told.
    answers[path].catch(function () {});
  });
  var early = { at: Date.now(), answers: answers, live: null };
  window.svarhusEarly = early;
  answers['/api/me'].then(
    function (answer) {
      if (!answer.ok) return;
      var heard = [];
      var socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/api/live');
      socket.onmessage = function (event) {
        heard.push(event);
      };
      early.live = { socket: socket, heard: heard };
    },
    function () {
      // Without a network there is no line; the page says so.
    },
  );
})();
