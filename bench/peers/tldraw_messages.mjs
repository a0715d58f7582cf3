// Writes down what tldraw's own page would say, by tldraw's own schema: tldraw_messages.mjs FOLDER
// %ID% %CLOCK% %X% %Y% %M% are filled in by bench/load/tldraw.h.
import { mkdirSync, writeFileSync } from "node:fs";
import { createTLSchema, InstancePresenceRecordType, toRichText } from "@tldraw/tlschema";

const folder = process.argv[2];
const schema = createTLSchema();
const WORDS = "An idea from the workshop, about sixty characters long, so.";

const note = schema.types.shape.validate({
  id: "shape:n1",
  typeName: "shape",
  type: "note",
  parentId: "page:page",
  index: "a1",
  x: 1.5,
  y: 1.5,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: { m: "m" },
  props: {
    color: "yellow",
    labelColor: "black",
    size: "m",
    font: "draw",
    fontSizeAdjustment: null,
    align: "middle",
    verticalAlign: "middle",
    growY: 0,
    url: "",
    richText: toRichText(WORDS),
    scale: 1,
    textLastEditedBy: null,
  },
});
const presence = InstancePresenceRecordType.create({
  id: InstancePresenceRecordType.createId("p"),
  userId: "user:u%ID%",
  userName: "Person %ID%",
  currentPageId: "page:page",
  cursor: { x: 1.5, y: 2.5, type: "default", rotation: 0 },
  camera: { x: 0, y: 0, z: 1 },
  screenBounds: { x: 0, y: 0, w: 1000, h: 800 },
  lastActivityTimestamp: 1,
  color: "#ff0000",
  meta: {},
});
schema.types.instance_presence.validate(presence);

const here = { ...note, id: "shape:n%ID%", x: "%X%", y: "%Y%", meta: { m: "%M%" } };
const place = { x: ["put", "%X%"], y: ["put", "%Y%"] };
const mark = ["patch", { m: ["put", "%M%"] }];
mkdirSync(folder, { recursive: true });
write("connect", {
  type: "connect",
  connectRequestId: "c%ID%",
  lastServerClock: -1,
  protocolVersion: 8,
  schema: schema.serialize(),
});
write("create", push({ diff: { [here.id]: ["put", here] } }));
write("edit", push({ diff: { [here.id]: ["patch", { ...place, meta: mark }] } }));
const shown = { ...presence, cursor: { ...presence.cursor, x: "%X%", y: "%Y%" }, meta: { m: "%M%" } };
write("presence", push({ presence: ["put", shown] }));
write("cursor", push({ presence: ["patch", { cursor: ["patch", place], meta: mark }] }));

function push(what) {
  return { type: "push", clientClock: "%CLOCK%", ...what };
}

// Numbers are filled in without the quotes that JSON needs here.
function write(name, message) {
  const text = JSON.stringify(message).replace(/"%(CLOCK|X|Y)%"/g, "%$1%");
  writeFileSync(`${folder}/${name}.json`, `${text}\n`);
}
