export * from './platform-blueprint';
export * from './platform-size';
export * from './sample-chart';
