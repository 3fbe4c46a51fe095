export { OnboardingTab } from './OnboardingTab';
