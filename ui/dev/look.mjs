// Takes pictures of the preview build and runs axe on each screen.
//   npm run build:preview && npm run look [-- name-part] [-- --dark --en --large --w=360x640]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { screens } from './screens.mjs';
import { launch, serve } from './serve.mjs';

const out = new URL('../.shots', import.meta.url).pathname;
mkdirSync(out, { recursive: true });
const args = process.argv.slice(2);
const flag = (name) => args.includes(`--${name}`);
const only = args.filter((arg) => !arg.startsWith('--'));
const sizeArg = args.find((arg) => arg.startsWith('--w='))?.slice(4);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const { server, base } = serve();

const browser = await launch();
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
