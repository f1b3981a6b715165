(() => {
  const root = document.documentElement;
  const meta = document.querySelector("[name=theme-color]");
  const follow = () => {
    const { theme } = localStorage;
    root.toggleAttribute("data-theme", !!theme);
    if (theme) root.dataset.theme = theme;
    meta.content = theme ? getComputedStyle(root).backgroundColor : "";
  };
  for (const name of ["pageshow", "storage", "theme"]) addEventListener(name, follow);
  follow();
})();
