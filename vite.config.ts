import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Allows exactly the script and the styles that were built in, and nothing from outside. */
function contentSecurity(): Plugin {
  return {
    name: 'ballast-content-security',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const html = String(file.source);
          const inside = (pattern: RegExp): string[] =>
            [...html.matchAll(pattern)].map((found) => sha256(found[1] ?? ''));
          const scripts = inside(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g);
          const styles = inside(/<style[^>]*>([\s\S]*?)<\/style>/g);
          const policy = [
            "default-src 'none'",
            `script-src ${scripts.join(' ')}`,
            `style-src ${styles.join(' ')}`,
            'img-src data:',
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
          ].join('; ');
          const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
          file.source = html.replace('<meta charset="utf-8">', (charset) => `${charset}\n    ${meta}`);
        }
      },
    },
  };
}

/** The report page: one file with everything in it, for `file://` as well as for `ballast explore`. */
export default defineConfig({
  root: fileURLToPath(new URL('src/ui', import.meta.url)),
  base: './',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), contentSecurity()],
  build: {
    outDir: fileURLToPath(new URL('dist/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
