// The screens that look.mjs visits, with the scene each one wants.
const desk = '1366x768';
const press = (id) => (page) => page.getByTestId(id).first().click();

export const screens = [
	{ name: '01-sign-in', path: '/sign-in', scene: { as: 'nobody' } },
	{ name: '01-sign-in-bad', path: '/sign-in', scene: { as: 'nobody' }, act: press('sign-in-send') },
	{ name: '01-sign-in-wide', path: '/sign-in', scene: { as: 'nobody' }, size: desk },
	{ name: '03-passphrase', path: '/', scene: { as: 'nobody', locked: true } },
	{ name: '03-key-not-kept', path: '/', scene: { kept: false } },
	{ name: '04-home', path: '/', full: 1100 },
	{ name: '04-home-demo', path: '/', demo: true },
	{ name: '04b-home-offline', path: '/', scene: { net: 'offline' } },
	{ name: '04-home-empty', path: '/', scene: { empty: true } },
	{ name: '04-home-failed', path: '/', scene: { fail: true } },
	{ name: '04-home-loading', path: '/', scene: { hang: true }, wait: 600 },
	{ name: '05-compose', path: '/compose/d-1', full: 1100 },
	{ name: '05b-compose-offline', path: '/compose/d-1', scene: { net: 'offline' }, full: 1100 },
	{ name: '05-compose-empty', path: '/compose/d-empty', full: 1250 },
	{
		name: '05-compose-missing',
		path: '/compose/d-empty',
		act: press('send-report'),
		full: 1350,
	},
	{
		name: '05-compose-undo',
		path: '/compose/d-1',
		act: (page) => page.locator('.photo__x').first().click(),
	},
	{ name: '05c-sent', path: '/sent/c-5' },
	{ name: '05c-sent-offline', path: '/sent/c-3', scene: { net: 'offline' } },
	{ name: '06-outbox', path: '/outbox', full: 1500 },
	{ name: '06-outbox-weak', path: '/outbox', scene: { net: 'weak' } },
	{ name: '06-outbox-empty', path: '/outbox', scene: { empty: true } },
	{ name: '06-outbox-delete', path: '/outbox', act: press('outbox-delete') },
	{ name: '06b-reports', path: '/reports' },
	{ name: '06b-reports-done', path: '/reports?tab=done' },
	{ name: '06b-reports-empty', path: '/reports', scene: { empty: true } },
	{ name: '07-case', path: '/reports/r-199', full: 1500 },
	{ name: '07-case-rate', path: '/reports/r-199', act: press('rating-unresolved') },
	{ name: '07b-case-open', path: '/reports/r-205', full: 1500 },
	{ name: '07b-case-working', path: '/reports/r-198', full: 1200 },
	{ name: '12-me', path: '/me' },
	{ name: 'help', path: '/help' },
];

const intake = { as: 'intake' };
const key = (letter) => (page) => page.keyboard.press(letter);
screens.push(
	{ name: '15-intake', path: '/office/intake', scene: intake, size: desk },
	{ name: '15b-refuse', path: '/office/intake', scene: intake, size: desk, act: key('t') },
	{ name: '15d-ask', path: '/office/intake', scene: intake, size: desk, act: key('b') },
	{ name: '15-keys', path: '/office/intake', scene: intake, size: desk, act: key('?') },
	{
		name: '15-conflict',
		path: '/office/intake?report=r-219',
		scene: { ...intake, net: 'offline' },
		size: desk,
	},
	{ name: '15-long', path: '/office/intake', scene: { ...intake, rows: 400 }, size: desk },
	{ name: '15-empty', path: '/office/intake', scene: { ...intake, empty: true }, size: desk },
	{ name: '15-narrow', path: '/office/intake', scene: intake, size: '390x844', full: 2600 },
	{ name: '16-work', path: '/office/work', scene: { as: 'handler' }, size: desk },
	{ name: '16-unit', path: '/office/work/r-198', scene: { as: 'handler' }, size: desk },
	{ name: '16-approval', path: '/office/approval/r-198', scene: { as: 'approver' }, size: desk },
	{
		name: '16-return',
		path: '/office/approval/r-198',
		scene: { as: 'approver' },
		size: desk,
		act: press('return-open'),
	},
	{ name: '16-demo', path: '/office/work/r-198', scene: { as: 'handler' }, size: desk, demo: true },
);
