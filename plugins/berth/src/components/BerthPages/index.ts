export { BerthPages } from './BerthPages';
export { LegacyBerthPages } from './LegacyBerthPages';
