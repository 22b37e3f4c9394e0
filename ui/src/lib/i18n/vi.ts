import { checks } from './vi/checks';
import { device } from './vi/device';
import { identity } from './vi/identity';
import { myData } from './vi/my-data';
import { reports } from './vi/reports';
import { safety } from './vi/safety';
import { shared } from './vi/shared';
import { staff } from './vi/staff';
import { touch } from './vi/touch';
import { updates } from './vi/updates';
import { workbench } from './vi/workbench';

export const vi = {
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
