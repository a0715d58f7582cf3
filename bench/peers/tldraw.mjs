// tldraw sync with its own SQLite storage, set to WAL and FULL so that its acknowledgement means what ours means.
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { NodeSqliteWrapper, SQLiteSyncStorage, TLSocketRoom } from "@tldraw/sync-core";
import { createTLSchema } from "@tldraw/tlschema";
import { WebSocketServer } from "ws";

const rooms = new Map();
mkdirSync(process.env.DATA, { recursive: true });

function roomNamed(name) {
  if (!rooms.has(name)) {
    const database = new DatabaseSync(`${process.env.DATA}/${name}.db`);
    database.exec("pragma journal_mode=wal; pragma synchronous=full");
    const storage = new SQLiteSyncStorage({ sql: new NodeSqliteWrapper(database) });
    const log = { warn() {}, error: console.error };
    rooms.set(name, new TLSocketRoom({ schema: createTLSchema(), storage, log }));
  }
  return rooms.get(name);
}

const http = createServer((_, answer) => answer.end("ok"));
new WebSocketServer({ server: http }).on("connection", (socket, request) => {
  const asked = new URL(request.url, "http://localhost").searchParams;
  const room = roomNamed(asked.get("room"));
  room.handleSocketConnect({ sessionId: asked.get("sessionId"), socket, isReadonly: false });
});
http.listen(Number(process.env.PORT), "127.0.0.1");
