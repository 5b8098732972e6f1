// Puts the remembered theme and accent on the page before the first paint, so that neither flashes; the values are checked, never trusted.
(function () {
  var root = document.documentElement;
  try {
    var saved = JSON.parse(localStorage.getItem("headlessos.appearance") || "{}");
    if (saved.theme === "light" || saved.theme === "dark") root.dataset.theme = saved.theme;
    if (/^[a-z]{3,8}$/.test(saved.accent)) root.dataset.accent = saved.accent;
  } catch {
    // Storage is off or holds nonsense: the system's theme applies.
  }
})();
