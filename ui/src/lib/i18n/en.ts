import { checks } from './en/checks';
import { device } from './en/device';
import { identity } from './en/identity';
import { myData } from './en/my-data';
import { reports } from './en/reports';
import { safety } from './en/safety';
import { shared } from './en/shared';
import { staff } from './en/staff';
import { touch } from './en/touch';
import { updates } from './en/updates';
import { workbench } from './en/workbench';

export const en = {
	...shared,
	...checks,
	...device,
	...identity,
	...myData,
	...reports,
	...safety,
	...updates,
	...workbench,
	...staff,
	...touch,
};
