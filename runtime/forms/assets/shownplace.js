// Part for: [data-shown-place]
// A place that was answered, on the region's map once somebody asks to see it.

for (const root of document.querySelectorAll("[data-shown-place]")) start(root);

function start(root) {
  const find = (name) => root.querySelector(`[data-place-${name}]`);
  const words = root.dataset;
  const button = find("open");
  button.hidden = !words.map;

  const say = (text) => {
    find("status").textContent = text;
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    say(words.loading);
    const place = { lat: Number(words.lat), lon: Number(words.lon) };
    try {
      const { openMap } = await import("./map.js");
      let failed = false;
      await openMap(find("map"), {
        ...JSON.parse(words.map),
        words,
        place,
        failed: () => {
          failed = true;
          say(words.failed);
        },
      });
      button.hidden = true;
      if (!failed) say("");
    } catch {
      button.disabled = false; // the line may be back at the next try
      say(words.failed);
    }
  });
}
