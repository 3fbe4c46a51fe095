export { exampleChartsModule as default } from './exampleChartsModule';
