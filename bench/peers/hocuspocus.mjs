// Hocuspocus as its own guide starts it: documents in memory, every connection is let in by a hook.
import { Server } from "@hocuspocus/server";

const server = new Server({
  port: Number(process.env.PORT),
  address: "127.0.0.1",
  quiet: true,
  stopOnSignals: false,
  async onAuthenticate() {
    return {};
  },
});
await server.listen();
