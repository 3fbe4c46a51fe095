export { FakeBerth, step } from './FakeBerth';
export { FakeHelm } from './FakeHelm';
export { alice, options, runAction } from './runAction';
