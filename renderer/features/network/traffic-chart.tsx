import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { formatRate, type Rate } from './traffic-rates.ts';

const height = 180;
/** At least so much of the past is drawn. */
const shownSeconds = 60;

interface TrafficChartProps {
  readonly rates: readonly Rate[];
  /** The same in words. */
  readonly summary: string;
}

/** uPlot's own marks of time run into each other where minutes change. */
const formatClock = (seconds: number): string => new Date(seconds * 1000).toTimeString().slice(0, 8);

const columnsOf = (rates: readonly Rate[]): uPlot.AlignedData => [
  rates.map(({ at }) => at / 1000),
  rates.map(({ received }) => received),
  rates.map(({ sent }) => sent),
];

function optionsOf(width: number, isDark: boolean): uPlot.Options {
  const stroke = isDark ? '#a6adb4' : '#5c636a';
  const grid = { stroke: isDark ? '#34383c' : '#e9ecef', width: 1 };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    axes: [
      { stroke, grid, ticks: grid, space: 90, values: (_, splits) => splits.map(formatClock) },
      { stroke, grid, ticks: grid, size: 90, values: (_, splits) => splits.map(formatRate) },
    ],
    scales: {
      // Of a single figure uPlot would make years.
      x: { range: (_, min, max) => [Math.min(min, max - shownSeconds), max] },
      y: { range: (_, __, max) => [0, Math.max(max * 1.1, 1000)] },
    },
    series: [
      {},
      { stroke: '#12b886', width: 2, points: { show: false } },
      { stroke: '#845ef7', width: 2, dash: [6, 4], points: { show: false } },
    ],
  };
}

/** Rates over time. uPlot draws on a canvas; whoever does not see it has the sentence. */
export function TrafficChart({ rates, summary }: TrafficChartProps) {
  const { ref, width } = useElementSize();
  const isDark = useComputedColorScheme('light') === 'dark';
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(rates);
  latest.current = rates;
  useEffect(() => {
    if (host.current === null || width === 0) return undefined;
    const made = new uPlot(optionsOf(width, isDark), columnsOf(latest.current), host.current);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [width, isDark]);
  useEffect(() => plot.current?.setData(columnsOf(rates)), [rates]);
  return (
    <div ref={ref}>
      <div ref={host} role="img" aria-label={summary} style={{ minHeight: height }} />
    </div>
  );
}
