// The preview build under the shell's content security policy, and a browser to look at it.
import { chromium } from 'playwright-core';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const root = new URL('../.preview', import.meta.url).pathname;
const types = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.svg': 'image/svg+xml',
	'.woff2': 'font/woff2',
};

/** Serves the preview on a free port of this machine. */
export function serve() {
	const server = createServer((request, response) => {
		let path = join(root, new URL(request.url, 'http://localhost').pathname);
		if (!existsSync(path) || statSync(path).isDirectory()) path = join(root, 'index.html');
		response.setHeader('content-type', types[extname(path)] ?? 'text/plain');
		// What the shell will allow, so that a breach shows here first.
		response.setHeader(
			'content-security-policy',
			"img-src 'self' data: blob:; style-src 'self'; font-src 'self'",
		);
		createReadStream(path).pipe(response);
	}).listen(0);
	return { server, base: `http://127.0.0.1:${server.address().port}` };
}

/** A browser without a window. */
export const launch = () =>
	chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
