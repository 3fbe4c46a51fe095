export { FakeBerth, step } from './FakeBerth';
export { alice, options, runAction } from './runAction';
