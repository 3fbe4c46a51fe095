export * from './CheckList';
export * from './DoctorPanel';
export * from './Verdict';
export * from './summarize';
export * from './useDoctor';
