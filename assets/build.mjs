// Builds src/decapolis/web/static/dist: one stylesheet, htmx, keys for taking part, web fonts, fonts of printed documents.
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "src/decapolis/web/static/dist");

// Documents are set by typst, which reads TTF and no woff2.
const documentFonts = [
  "inter/400Regular/Inter_400Regular.ttf",
  "inter/600SemiBold/Inter_600SemiBold.ttf",
  "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
  "noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf",
];

// Browsers before 2024 do not know light-dark(): give them each pair as two plain values.
const pair = /^\s*(--[\w-]+):\s*light-dark\((#\w+), (#\w+)\);/gm;

function withoutLightDark(tokens) {
  const pairs = [...tokens.matchAll(pair)];
  const side = (index) => `:root { ${pairs.map((found) => `${found[1]}: ${found[index]};`).join(" ")} }`;
  return `@supports not (color: light-dark(#000, #fff)) { ${side(2)} @media (prefers-color-scheme: dark) { ${side(3)} } }`;
}

const plainColours = {
  name: "plain-colours",
  setup(run) {
    run.onLoad({ filter: /styles[\\/]tokens\.css$/ }, async ({ path }) => {
      const tokens = await readFile(path, "utf8");
      return { contents: `${tokens}\n${withoutLightDark(tokens)}`, loader: "css" };
    });
  },
};

async function copyDocumentFonts() {
  const folder = join(dist, "fonts-ttf");
  await mkdir(folder, { recursive: true });
  for (const font of documentFonts) {
    await cp(join(root, "node_modules/@expo-google-fonts", font), join(folder, basename(font)));
  }
}

const browsers = ["chrome105", "firefox110", "safari16"];
await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(root, "assets/decapolis.css")],
  outdir: dist,
  bundle: true,
  minify: true,
  target: browsers,
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  plugins: [plainColours],
  logLevel: "warning",
});
const scripts = ["htmx.js", "take-part.js"].map((name) => join(root, "assets", name));
await build({ entryPoints: scripts, outdir: dist, bundle: true, minify: true, target: browsers, logLevel: "warning" });
await copyDocumentFonts();
