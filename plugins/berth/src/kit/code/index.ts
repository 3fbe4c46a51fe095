export { CodeEditor } from './CodeEditor';
export type { CodeEditorProps } from './CodeEditor';
export { DiffView } from './DiffView';
export { useYamlProblems } from './useYamlProblems';
export type { YamlProblem } from './yamlProblems';
