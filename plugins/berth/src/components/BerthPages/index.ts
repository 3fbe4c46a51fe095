export { BerthPages } from './BerthPages';
