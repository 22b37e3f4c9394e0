// Takes pictures of the preview build and runs axe on each screen.
//   npm run build:preview && npm run look [-- name-part] [-- --dark --en --large --w=360x640]
import { chromium } from 'playwright-core';
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { screens } from './screens.mjs';

const root = new URL('../.preview', import.meta.url).pathname;
const out = new URL('../.shots', import.meta.url).pathname;
mkdirSync(out, { recursive: true });
const args = process.argv.slice(2);
const flag = (name) => args.includes(`--${name}`);
const only = args.filter((arg) => !arg.startsWith('--'));
const sizeArg = args.find((arg) => arg.startsWith('--w='))?.slice(4);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const server = createServer((request, response) => {
	let path = join(root, new URL(request.url, 'http://localhost').pathname);
	if (!existsSync(path) || statSync(path).isDirectory()) path = join(root, 'index.html');
	const type =
		{ '.svg': 'image/svg+xml', '.woff2': 'font/woff2', ...types }[extname(path)] ?? 'text/plain';
	response.setHeader('content-type', type);
	// What the shell will allow, so that a breach shows here first.
	response.setHeader(
		'content-security-policy',
		"img-src 'self' data: blob:; style-src 'self'; font-src 'self'",
	);
	createReadStream(path).pipe(response);
}).listen(0);
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
	executablePath: '/usr/bin/chromium',
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let faults = 0;
for (const screen of screens) {
	if (only.length > 0 && !only.some((part) => screen.name.includes(part))) continue;
	const [width, height] = (sizeArg ?? screen.size ?? '390x844').split('x').map(Number);
	const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
	const scene = {
		theme: flag('dark') ? 'dark' : 'light',
		language: flag('en') ? 'en' : 'vi',
		text: flag('large') ? 'large' : flag('xlarge') ? 'xlarge' : 'normal',
		...screen.scene,
	};
	await page.addInitScript(
		([value, demo]) => {
			// The shell freezes these, so a breach shows here first.
			Object.freeze(Object.prototype);
			localStorage.scene = JSON.stringify(value);
			localStorage.demo = demo ? 'yes' : 'no';
		},
		[scene, screen.demo ?? false],
	);
	const said = [];
	page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
	page.on('pageerror', (error) => said.push(String(error)));
	await page.goto(base + screen.path);
	await page.waitForTimeout(screen.wait ?? 250);
	await screen.act?.(page);
	await page.waitForTimeout(80);
	const suffix = args
		.filter((arg) => arg.startsWith('--'))
		.join('')
		.replace('--w=', '-')
		.replaceAll('--', '-');
	await page.screenshot({ path: join(out, `${screen.name}${suffix}.png`) });
	if (screen.full) {
		await page.setViewportSize({ width, height: screen.full });
		await page.waitForTimeout(60);
		await page.screenshot({ path: join(out, `${screen.name}${suffix}-full.png`) });
	}
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	if (wide > 0) said.push(`sideways scroll of ${wide} px`);
	await page.evaluate(axe);
	const result = await page.evaluate(() =>
		globalThis.axe.run(document, { resultTypes: ['violations'] }),
	);
	for (const violation of result.violations) {
		said.push(
			`axe ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
		);
	}
	faults += said.length;
	console.log(`${said.length === 0 ? 'ok   ' : 'FAULT'} ${screen.name}`);
	for (const line of said) console.log(`      ${line}`);
	await page.close();
}
await browser.close();
server.close();
process.exit(faults > 0 ? 1 : 0);
