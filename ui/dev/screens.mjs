// The screens that look.mjs visits, with the scene each one wants.
const desk = '1366x768';
const press = (id) => (page) => page.getByTestId(id).first().click();

export const screens = [
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
	{ name: '05c-sent-phone', path: '/sent/c-5', scene: { phone: true }, full: 1100 },
	{
		name: '05-compose-refused-place',
		path: '/compose/d-empty',
		scene: { phone: true },
		act: press('locate'),
		full: 1250,
	},
	{ name: '04-link-astray', path: '/', scene: { astray: true } },
	{ name: '06-outbox', path: '/outbox', full: 1500 },
	{ name: '06-outbox-phone', path: '/outbox', scene: { phone: true }, full: 1500 },
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
	{ name: 'help', path: '/help' },
];

const nobody = { as: 'nobody' };
const fill = (page, id, text) => page.getByTestId(id).fill(text);
/** Fills the first step in; what is given replaces what a sample person would type. */
async function filled(page, other = {}) {
	const typed = { number: '031090000001', name: 'Nguyễn Văn Mẫu', birth: '17/05/1990', ...other };
	for (const [field, text] of Object.entries({ phone: '0900 000 001', ...typed }))
		await fill(page, `register-${field}`, text);
	await page.getByTestId('consent-account').check();
	await page.getByTestId('register-continue').focus();
	await page.waitForTimeout(60);
}
async function toPassword(page) {
	await filled(page);
	await press('register-continue')(page);
	await page.getByTestId('register-password').waitFor();
}
async function toCode(page) {
	await toPassword(page);
	await fill(page, 'register-password', 'phượng đỏ sông Cấm');
	await press('register-get-code')(page);
	await page.getByTestId('code').waitFor();
}
async function toPin(page) {
	await toCode(page);
	await fill(page, 'code', '123456');
	await page.getByTestId('pin').waitFor();
}
const at = (go, id, text) => async (page) => {
	await go(page);
	await page.getByTestId(id).pressSequentially(text);
	await page.waitForTimeout(60);
};
const register = { path: '/register', scene: nobody };
const signIn = { path: '/sign-in', scene: nobody };
async function withCode(page) {
	await fill(page, 'sign-in-number', '031090000001');
	await fill(page, 'sign-in-password', 'ma');
	await press('sign-in-send')(page);
	await page.getByTestId('code').waitFor();
}

screens.push(
	{ name: '01-welcome', path: '/', scene: nobody },
	{ name: '01-welcome-wide', path: '/welcome', scene: nobody, size: desk },
	{ name: '01-guest', path: '/welcome', scene: nobody, act: press('welcome-look'), full: 1500 },
	{
		name: '01-guest-report',
		path: '/welcome',
		scene: nobody,
		act: async (page) => {
			await press('welcome-look')(page);
			await press('guest-report')(page);
		},
	},
	{ name: '02-register', ...register, full: 1500 },
	{ name: '02-register-wide', ...register, size: desk },
	{
		name: '02-register-short',
		...register,
		full: 1500,
		act: (page) => filled(page, { number: '03100000001' }),
	},
	{
		name: '02-register-odd',
		...register,
		full: 1600,
		act: (page) => filled(page, { number: '031085000001' }),
	},
	{
		name: '02-register-young',
		...register,
		full: 1700,
		act: (page) => filled(page, { birth: '17/5/2009' }),
	},
	{
		name: '02-register-child',
		...register,
		full: 1600,
		act: (page) => filled(page, { birth: '17/5/2012' }),
	},
	{ name: '02-register-missing', ...register, full: 1800, act: press('register-continue') },
	{ name: '02-register-data', ...register, act: press('data-use') },
	{ name: '02b-scan', ...register, act: press('scan') },
	{
		name: '02b-scan-phone',
		...register,
		scene: { ...register.scene, phone: true },
		act: press('scan'),
	},
	{
		name: '02b-scanned',
		...register,
		full: 1500,
		act: async (page) => {
			await press('scan')(page);
			const picture = { name: 'the-mau.png', mimeType: 'image/png', buffer: Buffer.from('mau') };
			await page.getByTestId('card-file').setInputFiles(picture);
			await page.getByTestId('card-read').waitFor();
		},
	},
	{ name: '02c-password', ...register, act: toPassword },
	{ name: '02c-password-fair', ...register, act: at(toPassword, 'register-password', 'sôngcấmm') },
	{ name: '02c-password-again', ...register, scene: { ...nobody, waiting: true } },
	{ name: '03a-code', ...register, act: at(toCode, 'code', '481') },
	{ name: '03a-code-wrong', ...register, act: at(toCode, 'code', '481902') },
	{ name: '03a-code-over', ...register, act: at(toCode, 'code', '000000') },
	{ name: '03a-code-known', ...register, act: at(toCode, 'code', '111111') },
	{ name: '03a-code-resend', path: '/register', scene: { ...nobody, resend: true }, act: toCode },
	{ name: '03b-pin', ...register, act: at(toPin, 'pin', '2504') },
	{ name: '03b-pin-again', ...register, act: at(toPin, 'pin', '250417') },
	{ name: '03b-pin-trivial', ...register, act: at(toPin, 'pin', '123456') },
	{ name: '03c-sign-in', ...signIn },
	{ name: '03c-sign-in-bad', ...signIn, act: press('sign-in-send') },
	{ name: '03c-sign-in-wide', ...signIn, size: desk },
	{ name: '03c-sign-in-code', ...signIn, act: withCode },
	{ name: '03d-lock', path: '/', scene: { lock: 'locked' } },
	{ name: '03d-lock-wide', path: '/', scene: { lock: 'locked' }, size: desk },
	{
		name: '03d-lock-wrong',
		path: '/',
		scene: { lock: 'locked' },
		act: at(async () => {}, 'pin', '111111'),
	},
	{ name: '03d-lock-wait', path: '/', scene: { lock: 'wait' } },
	{ name: '03d-lock-forgot', path: '/', scene: { lock: 'locked' }, act: press('lock-forgot') },
	{ name: '03d-lock-spent', path: '/', scene: { lock: 'spent' } },
	{ name: '03d-lock-demo', path: '/', scene: { lock: 'locked' }, demo: true },
	{ name: '03e-session-over', path: '/compose/d-1', scene: { over: true } },
	{
		name: '03e-session-over-later',
		path: '/',
		scene: { over: true },
		act: press('session-over-later'),
	},
	{ name: '12-me', path: '/me', full: 1200, scene: { lock: 'set' } },
	{ name: '12-me-no-pin', path: '/me', full: 1200, scene: { fresh: true } },
	{ name: '12-devices', path: '/me/devices', scene: { fresh: true } },
	{ name: '12-devices-offline', path: '/me/devices', scene: { net: 'offline' } },
	{ name: '12-devices-ask', path: '/me/devices', act: press('device-sign-out') },
	{ name: '12-devices-failed', path: '/me/devices', scene: { fail: true } },
	{ name: '12-devices-loading', path: '/me/devices', scene: { hang: true }, wait: 600 },
	{ name: '12-verify', path: '/me/verify' },
	{ name: '12-verify-waiting', path: '/me/verify', act: press('national-start') },
	{ name: '12-verify-offline', path: '/me/verify', scene: { net: 'offline' } },
	{ name: '12-verify-done', path: '/me/verify', scene: { checked: true } },
	{ name: 'cards', path: '/office/cards', size: desk, scene: { as: 'handler' } },
	{ name: 'cards-phone', path: '/office/cards', full: 1000, scene: { as: 'handler' } },
	{
		name: 'cards-differs',
		path: '/office/cards',
		size: desk,
		scene: { as: 'handler' },
		act: async (page) => {
			await page.getByTestId('card-number').fill('031090000009');
			await page.getByTestId('card-name').fill('Nguyễn Văn Mẫu');
			await page.getByTestId('card-seen').check();
			await page.getByTestId('card-confirm').click();
		},
	},
	{ name: '12-pin-change', path: '/me/pin', scene: { lock: 'set' } },
);

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

const held = { lock: 'set' };
async function toNewPhone(page) {
	await fill(page, 'phone-new', '0900 000 002');
	await fill(page, 'own-password', 'mau12345');
	await press('phone-send')(page);
	await page.getByTestId('code').waitFor();
}
screens.push(
	{ name: '12-safety', path: '/me', scene: { ...held, child: 'asks' }, full: 1500 },
	{ name: '12-phone', path: '/me/phone' },
	{ name: '12-phone-missing', path: '/me/phone', act: press('phone-send') },
	{ name: '12-phone-code', path: '/me/phone', act: toNewPhone },
	{ name: '12-representative', path: '/me/representative', scene: { child: 'asks' }, full: 900 },
	{ name: '12-representative-adult', path: '/me/representative' },
	{
		name: '12-representative-code',
		path: '/me/representative',
		scene: { child: 'asks' },
		act: press('rep-send'),
	},
	{ name: '12-representative-holds', path: '/me/representative', scene: { child: 'agreed' } },
	{ name: '12-pin-settings', path: '/me/pin', scene: held },
	{ name: '12-pin-remove', path: '/me/pin', scene: held, act: press('pin-remove') },
	{ name: '12-devices-equal', path: '/me/devices', scene: { fresh: true } },
	{ name: '06-aside', path: '/outbox/aside', scene: { aside: true }, full: 1000 },
	{ name: '04-aside-strip', path: '/', scene: { aside: true } },
	{ name: '01-keys-waiting', path: '/', scene: { ...nobody, kept: false, earlier: 'waiting' } },
	{ name: '01-keys-without', path: '/', scene: { ...nobody, earlier: 'without_keys' } },
);
