// Runs before the first paint, so that a dark screen does not flash white. A file, since inline scripts are forbidden.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('svarhus-color-scheme');
  } catch (_) {
    // Storage is switched off: follow the system.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
