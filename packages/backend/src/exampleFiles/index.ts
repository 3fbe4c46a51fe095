export { exampleFilesModule as default } from './exampleFilesModule';
