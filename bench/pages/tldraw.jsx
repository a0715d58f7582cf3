// tldraw's own component with the notes of /notes.json; ready when they stand and a frame has been drawn.
import { createRoot } from "react-dom/client";
import { Tldraw, createShapeId, toRichText } from "tldraw";
import "tldraw/tldraw.css";
import { getAssetUrls } from "@tldraw/assets/selfHosted";

const notes = await (await fetch("/notes.json")).json();

function mounted(editor) {
  editor.createShapes(
    notes.map((note, at) => ({
      id: createShapeId(`n${at}`),
      type: "note",
      x: note.x,
      y: note.y,
      props: { richText: toRichText(note.text), size: "s" },
    })),
  );
  editor.setCamera({ x: 0, y: 0, z: 1 });
  requestAnimationFrame(() => (document.getElementById("board").dataset.ready = ""));
}

createRoot(document.getElementById("board")).render(<Tldraw onMount={mounted} assetUrls={getAssetUrls({ baseUrl: "/assets" })} />);
