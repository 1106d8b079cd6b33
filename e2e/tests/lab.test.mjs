// The import lab: a table that nobody knows is mapped, saved and known the next time; a date that can be read in two
// ways is asked about; what was rejected is looked at and read again.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { findings, withAxe } from "../lib/axe.mjs";
import {
  answerDialog,
  build,
  journey,
  openDesk,
  openPage,
  scratch,
  vedette,
} from "../lib/desk.mjs";
import { writePosts } from "../lib/posts.mjs";

let program;
before(async () => {
  program = await build("dev");
});

/** A table with names that say little: what is what is told by the values, or by the analyst. */
function writeHarbour(file, said = "dicho") {
  writeFileSync(
    file,
    `ref,cuando,quien,${said},agrado\n` +
      "h1,03/04/2025 10:00,jana,Fog over the harbour and no ferry at all,3\n" +
      "h2,04/05/2025 11:30,bo,The ferry is late again this morning,7\n",
  );
  return file;
}

async function newCase(t, name) {
  const dir = scratch(t);
  const folder = join(dir, "case");
  await vedette(
    program,
    dir,
    "case",
    "new",
    folder,
    "--name",
    name,
    "--owner",
    "O",
    "--purpose",
    "P",
  );
  const desk = await openDesk(t, program, ["window", folder]);
  const { page, errors } = await openPage(desk, { prepare: withAxe });
  await page.keyboard.press("Alt+2");
  return { dir, desk, page, errors };
}

/** Chooses a file in the import tab. */
async function choose(page, desk, file) {
  await answerDialog(desk, file);
  await page.getByRole("button", { name: "Choose files…" }).click();
  await page.locator(".look[aria-busy=false] table").waitFor();
}

/** Chooses what a column becomes, with the keyboard alone. */
async function becomes(page, column, field) {
  const trigger = page.getByLabel(new RegExp(`^${column} becomes`));
  await trigger.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: field, exact: true }).waitFor();
  await page.keyboard.type(field);
  await page.keyboard.press("Enter");
  await page
    .getByLabel(`${column} becomes: ${field}`, { exact: true })
    .waitFor();
}

test("a table is mapped, saved, and known the next time", async (t) => {
  const { dir, desk, page, errors } = await newCase(t, "Mapping");
  const step = journey(t, page);

  await step("the proposal is shown with samples and reasons", async () => {
    await choose(page, desk, writeHarbour(join(dir, "harbour.csv")));
    await page.getByText("A table that needs a mapping first.").waitFor();
    await page
      .getByRole("button", { name: /^Map the columns…/ })
      .first()
      .click();
    const table = page.getByRole("table", {
      name: "Columns and what they become",
    });
    await table
      .getByRole("row", { name: /dicho/ })
      .getByText("Fog over the harbour")
      .waitFor();
    await page.getByText("2 of the first 2 rows become posts.").waitFor();
    assert.deepEqual(await findings(page), []);
  });

  await step(
    "a column becomes something else, and the posts follow",
    async () => {
      await becomes(page, "quien", "Author: handle");
      await becomes(page, "agrado", "Likes");
      await becomes(page, "ref", "Id of the post");
      const posts = page.getByRole("region", {
        name: "First posts, as they would be read",
      });
      await posts.getByText("@jana").waitFor();
      await posts.getByText(/Likes: 3/).waitFor();
    },
  );

  await step(
    "dates that can be read in two ways are asked about beside their column",
    async () => {
      const row = page.getByRole("row", { name: /cuando/ });
      await row
        .getByText("Nothing proves whether the day or the month comes first.")
        .waitFor();
      const both = page.getByRole("group", { name: "03/04/2025 10:00 is" });
      await both.getByRole("radio", { name: /Mar 4, 2025/ }).check();
      await row.getByText("2025-03-04T10:00:00Z").waitFor();
      assert.equal(await row.getByText(/Nothing proves/).count(), 0);
    },
  );

  await step("it is saved and used", async () => {
    await page.getByLabel(/^Platform/).fill("harbour");
    await page.getByLabel(/^Name of the mapping/).fill("Harbour watch");
    await page.getByRole("button", { name: "Save and use" }).click();
    await page.getByText(/^profile Harbour watch\/1/).waitFor();
    await page.getByText("Mar 4, 2025 to Apr 5, 2025").waitFor();
    await page.getByRole("button", { name: "Start import" }).click();
    await page.getByText("2 new posts are in the case").waitFor();
    const [batch] = (
      await vedette(program, dir, "batches", join(dir, "case"), "--json")
    ).batches;
    assert.equal(batch.profile, "Harbour watch/1");
    await page.getByRole("button", { name: "Import more" }).click();
    await page
      .getByRole("region", { name: "Saved mappings of tables" })
      .getByText("Harbour watch/1")
      .waitFor();
  });

  await step("a table whose columns have changed is pointed out", async () => {
    await choose(page, desk, writeHarbour(join(dir, "later.csv"), "texto"));
    await page.getByText("New columns: texto").waitFor();
    await page.getByText("Missing columns: dicho").waitFor();
    await page
      .getByRole("button", { name: /^Map the columns…/ })
      .first()
      .click();
    await page
      .getByRole("button", { name: "Begin with “Harbour watch”" })
      .click();
    await page
      .getByText("No column becomes the text or the title: choose one.")
      .waitFor();
    await becomes(page, "texto", "Text");
    await page.getByText("2 of the first 2 rows become posts.").waitFor();
    await page.getByRole("button", { name: "Save and use" }).click();
    await page.getByText(/^profile Harbour watch\/2/).waitFor();
  });
  assert.deepEqual(errors, []);
});

test("a chat whose dates can be read in two ways is asked about", async (t) => {
  const { dir, desk, page, errors } = await newCase(t, "Dates");
  const step = journey(t, page);
  const file = join(dir, "chat.txt");
  writeFileSync(
    file,
    "03/04/2025, 10:00 - Jana: The ferry is late\n03/04/2025, 10:05 - Bo: Again?\n",
  );

  await step(
    "both readings stand side by side, and the choice is used",
    async () => {
      await choose(page, desk, file);
      await page
        .getByText("Nothing in the file says which of these readings is right.")
        .waitFor();
      const both = page.getByRole("group", { name: /^03\/04\/2025/ });
      await both.getByText("Apr 3, 2025").waitFor();
      await both.getByRole("radio", { name: /Mar 4, 2025/ }).check();
      await page
        .getByRole("region", { name: /^What would be taken in/ })
        .getByText("Mar 4, 2025")
        .waitFor();
      assert.deepEqual(await findings(page), []);
    },
  );
  assert.deepEqual(errors, []);
});

test("rejected records are looked at, exported and read again", async (t) => {
  const { dir, desk, page, errors } = await newCase(t, "Rejects");
  const step = journey(t, page);
  const file = join(dir, "posts.jsonl");
  const n = writePosts(file, 20);
  appendFileSync(file, '{"data": {"id": broken\n');
  const panel = page.getByRole("complementary", { name: "Import 1" });

  await step("its bytes are shown as text and in hex", async () => {
    await choose(page, desk, file);
    await page.getByRole("button", { name: "Start import" }).click();
    await page.getByRole("button", { name: "Show rejects" }).click();
    await panel.getByRole("button", { name: /^Show its bytes/ }).click();
    await panel.getByText('{"id": broken').waitFor();
    await panel.getByRole("button", { name: "Hex", exact: true }).click();
    await panel.getByText(/^7b 22 69 64 22/).waitFor();
    assert.deepEqual(await findings(page), []);
  });

  await step("they are exported with their bytes", async () => {
    const out = join(dir, "rejects.jsonl");
    await answerDialog(desk, out);
    await panel.getByRole("button", { name: "Export…" }).click();
    await page.getByText("1 rejected record is in rejects.jsonl.").waitFor();
    assert.match(JSON.parse(readFileSync(out, "utf8")).raw, /^\{"id": broken/);
  });

  await step("they are read again, and nothing else is", async () => {
    await panel.getByRole("button", { name: "Read again…" }).click();
    const dialog = page.getByRole("dialog", {
      name: "Read the rejects of import 1 again",
    });
    await dialog
      .getByRole("button", { name: "Read again", exact: true })
      .click();
    const row = page
      .getByRole("table", { name: "What became of every record" })
      .getByRole("row", { name: /posts\.jsonl/ });
    await row.waitFor();
    const [read, accepted, duplicate, rejected] = (
      await row.getByRole("cell").allInnerTexts()
    ).map(Number);
    assert.deepEqual([read, accepted, duplicate, rejected], [1, 0, 0, 1]);
    assert.match(
      await page.locator("footer").innerText(),
      new RegExp(`${n} posts`),
    );
  });
  assert.deepEqual(errors, []);
});
