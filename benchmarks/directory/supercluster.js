// The boxes that the benchmark asks for, asked of supercluster: reads {points, boxes} (JSON) from
// standard input, prints {seconds to load, milliseconds per box}.

import { readFileSync } from "node:fs";
import Supercluster from "supercluster";

const { points, boxes } = JSON.parse(readFileSync(0, "utf8"));
const begun = performance.now();
const index = new Supercluster({ radius: 64, extent: 256, minZoom: 0, maxZoom: 16 });
index.load(points.map((coordinates) => ({ type: "Feature", geometry: { type: "Point", coordinates }, properties: {} })));
const loaded = (performance.now() - begun) / 1000;
for (const { box, zoom } of boxes) index.getClusters(box, zoom); // compiled by then
const times = boxes.map(({ box, zoom }) => {
  const start = performance.now();
  JSON.stringify(index.getClusters(box, zoom));
  return performance.now() - start;
});
console.log(JSON.stringify({ loaded, times }));
