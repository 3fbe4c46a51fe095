export { CodeEditor } from './CodeEditor';
export type { CodeEditorProps } from './CodeEditor';
export { DiffView } from './DiffView';
export { yamlProblems } from './yamlProblems';
export type { YamlProblem } from './yamlProblems';
