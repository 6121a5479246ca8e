// What metascraper reads in the pages of tests/fixtures/pages, and in every document that its
// installed packages ship, as one JSON list on the standard output. Which package ships how many
// is said on the other, since none does is an answer, too.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import metascraper from "metascraper";
import description from "metascraper-description";
import image from "metascraper-image";
import publisher from "metascraper-publisher";
import title from "metascraper-title";
import canonical from "metascraper-url";

const here = path.dirname(fileURLToPath(import.meta.url));
const fixtures = path.join(here, "../fixtures/pages");
const modules = path.join(here, "node_modules");
const read = metascraper([title(), description(), image(), publisher(), canonical()]);

const isPage = (name) => /\.x?html?$/i.test(name);

/** The names of metascraper's packages, as they are installed. */
function packages() {
  const plain = readdirSync(modules).filter((name) => /^metascraper(-|$)/.test(name));
  const scoped = readdirSync(path.join(modules, "@metascraper")).map((name) => `@metascraper/${name}`);
  return [...plain, ...scoped].sort();
}

/** Every file of a package, without what it depends on. */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : files(file);
    return [file];
  });
}

const documents = readdirSync(fixtures)
  .sort()
  .filter(isPage)
  .map((name) => ({ name, file: path.join(fixtures, name) }));
for (const name of packages()) {
  const all = files(path.join(modules, name));
  const shipped = all.filter(isPage).sort();
  console.error(`${name}: ${all.length} files, ${shipped.length} pages`);
  documents.push(...shipped.map((file) => ({ name: path.relative(modules, file), file })));
}

const readings = [];
for (const { name, file } of documents) {
  const html = readFileSync(file, "utf8");
  const url = `https://www.example.com/pages/${encodeURI(name)}`;
  const { url: found, ...rest } = await read({ html, url });
  readings.push({ name, url, html, canonical: found, ...rest });
}
process.stdout.write(JSON.stringify(readings));
