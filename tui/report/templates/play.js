(() => {
  let playing = null;
  const check = () => {
    if (playing && playing.audio.currentTime >= playing.end) { playing.audio.pause(); playing = null; }
  };
  const watch = () => { check(); if (playing) requestAnimationFrame(watch); };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-start]");
    const audio = link && document.getElementById("audio-" + link.dataset.turn);
    if (!audio) return;
    event.preventDefault();
    for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
    audio.currentTime = Number(link.dataset.start);
    playing = { audio, end: Number(link.dataset.end) };
    audio.play().then(watch, () => { playing = null; });
  });
  document.addEventListener("timeupdate", check, true);
  document.addEventListener("pause", ({ target }) => {
    if (playing && playing.audio === target && target.paused) playing = null;
  }, true);
})();
