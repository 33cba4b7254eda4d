export * from './platform-checks';
