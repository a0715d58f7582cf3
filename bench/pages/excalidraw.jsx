// Excalidraw's own component with the notes of /notes.json; ready when they stand and a frame has been drawn.
import { createRoot } from "react-dom/client";
import { Excalidraw, convertToExcalidrawElements } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";

const notes = await (await fetch("/notes.json")).json();
const elements = convertToExcalidrawElements(
  notes.map((note) => ({
    type: "rectangle",
    x: note.x,
    y: note.y,
    width: 200,
    height: 200,
    backgroundColor: "#ffec99",
    label: { text: note.text, fontSize: 14 },
  })),
);

function ready() {
  requestAnimationFrame(() => (document.getElementById("board").dataset.ready = ""));
}

createRoot(document.getElementById("board")).render(
  <Excalidraw initialData={{ elements }} excalidrawAPI={ready} />,
);
