/** One whole published league: spread and skew of its scores, spread in percent of the scale. */
interface LeagueFigures {
  league: string;
  series: string;
  units: number;
  spread: number;
  skew: number;
}

/** What happened between two leagues of a series: drift in percent of the scale, change over the spread before. */
interface ChangeFigures {
  series: string;
  from: number;
  to: number;
  units: number;
  drift: number;
  change: number;
}

/** What whole published leagues say of how groups are spread and how they move on. */
export interface Reference {
  leagues: readonly LeagueFigures[];
  changes: readonly ChangeFigures[];
}

/** Of the leagues in `fixtures/leagues/`; a test works each row out again from them. */
export const REFERENCE: Reference = {
  leagues: [
    { league: 'pci-2012', series: 'pci', units: 63, spread: 4.1457, skew: -0.3086 },
    { league: 'pci-2013', series: 'pci', units: 63, spread: 3.48, skew: 0.1162 },
    { league: 'pci-2014', series: 'pci', units: 63, spread: 3.2404, skew: -0.0383 },
    { league: 'pci-2015', series: 'pci', units: 63, spread: 3.1421, skew: 0.1746 },
    { league: 'pci-2016', series: 'pci', units: 63, spread: 2.928, skew: 0.9341 },
    {
      league: 'thanh-hoa-departments-2024',
      series: 'thanh-hoa-departments',
      units: 20,
      spread: 3.4342,
      skew: -0.8277,
    },
  ],
  changes: [
    { series: 'pci', from: 2012, to: 2013, units: 63, drift: 0.7666, change: 0.892 },
    { series: 'pci', from: 2013, to: 2014, units: 63, drift: 0.2884, change: 0.6929 },
    { series: 'pci', from: 2014, to: 2015, units: 63, drift: 0.2498, change: 0.4737 },
    { series: 'pci', from: 2015, to: 2016, units: 62, drift: 0.5505, change: 0.4395 },
  ],
};
