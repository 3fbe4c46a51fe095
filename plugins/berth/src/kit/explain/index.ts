export { ProblemWithReasons } from './ProblemWithReasons';
export { WhyCannotI } from './WhyCannotI';
