import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The preview mode replaces the core by sample data in the browser. It is built into
// a folder of its own and is never part of what ships.
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The router hides its announcer by an inline style, which the window's policy refuses. */
const announcerByClass: Plugin = {
	name: 'announcer-by-class',
	enforce: 'pre',
	transform(code, id) {
		if (!id.endsWith('/runtime/components/root.svelte')) return;
		const changed = code.replace(/(id="svelte-announcer"[^>]*?)style="[^"]*"/, '$1class="vh"');
		if (changed === code) this.error('the announcer looks otherwise in this version of the router');
		return { code: changed, map: null };
	},
};

export default defineConfig(({ mode }) => {
	const preview = mode === 'preview';
	return {
		plugins: [
			announcerByClass,
			sveltekit({
				adapter: adapter({
					pages: preview ? '.preview' : 'build',
					fallback: 'index.html',
				}),
				outDir: preview ? '.svelte-kit-preview' : '.svelte-kit',
				// The one inline script, the bootstrap, is allowed by its hash.
				csp: {
					mode: 'hash',
					directives: { 'script-src': ['self'], 'object-src': ['none'], 'base-uri': ['self'] },
				},
				version: { name: '1' },
				inlineStyleThreshold: 0,
			}),
		],
		resolve: {
			alias: [
				{
					find: '$transport',
					replacement: file(preview ? './dev/transport.ts' : './src/lib/bridge/tauri.ts'),
				},
			],
		},
		build: { target: 'es2022', assetsInlineLimit: 0 },
		test: { include: ['src/**/*.test.ts'], environment: 'node' },
	};
});
