/** The warm site as a run sees it: begun anew, killed, revived, backed up and restored. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const ROOT = new URL("../../../", import.meta.url).pathname;

export class Server {
  down = false;
  #waiting = [];

  /** @param {string} broken a name of broken.py, or none @param {string} python */
  constructor(broken, python) {
    const words = ["-m", "tests.faults.warm", ...(broken ? ["--broken", broken] : [])];
    this.process = spawn(python, words, { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: this.process.stdout });
    lines.on("line", (line) => this.#waiting.shift()?.(JSON.parse(line)));
    this.ready = new Promise((resolve) => this.#waiting.push(resolve)).then(({ database }) => {
      this.database = database;
    });
    this.process.on("exit", () => {
      for (const give of this.#waiting) give({});
    });
  }

  async #do(verb) {
    const answer = new Promise((resolve) => this.#waiting.push(resolve));
    this.process.stdin.write(`${JSON.stringify({ do: verb })}\n`);
    return answer;
  }

  async fresh() {
    Object.assign(this, await this.#do("fresh"), { down: false });
  }

  async revive() {
    await this.#do("revive");
    this.down = false;
  }

  /** What its database holds. */
  state = () => this.#do("state");

  backUp = () => this.#do("back_up");

  async restore() {
    await this.#do("restore");
    this.down = false;
  }

  end() {
    this.process.stdin.end();
  }
}
