let loading: Promise<typeof import('./echarts')> | undefined;

/** ECharts, fetched once; a fetch that failed is tried again. */
export function charts(): Promise<typeof import('./echarts')> {
  loading ??= import('./echarts').catch((reason: unknown) => {
    loading = undefined;
    throw reason;
  });
  return loading;
}
