/** The gadgets that every site offers. */
export interface GadgetKind {
  moduleKey?: string;
  uri?: string;
  title: string;
}

const gadget = (plugin: string, name: string, title: string): GadgetKind => ({
  uri: `rest/gadgets/1.0/g/com.atlassian.${plugin}:${name}/gadgets/${name}.xml`,
  title,
});
const item = (name: string, title: string): GadgetKind => ({
  moduleKey: `com.atlassian.jira.gadgets:${name}-dashboard-item`,
  title,
});

export const GADGET_KINDS: readonly GadgetKind[] = [
  gadget('streams.streams-jira-plugin', 'activitystream-gadget', 'Activity Stream'),
  item('assigned-to-me', 'Assigned to Me'),
  item('average-age', 'Average Age Chart'),
  item('created-vs-resolved', 'Created vs. Resolved Chart'),
  item('favourite-filters', 'Favorite Filters'),
  item('filter-results', 'Filter Results'),
  item('in-progress', 'Issues In Progress'),
  item('introduction', 'Introduction'),
  gadget('jira.gadgets', 'heat-map-gadget', 'Heat Map'),
  item('labels', 'Labels'),
  gadget('jira.gadgets', 'pie-chart-gadget', 'Pie Chart'),
  item('project', 'Projects'),
  item('quick-links', 'Quick Links'),
  item('recently-created', 'Recently Created Chart'),
  item('resolution-time', 'Resolution Time'),
  gadget('jira.gadgets', 'road-map-gadget', 'Road Map'),
  item('stats', 'Issue Statistics'),
  item('two-dimensional-stats', 'Two Dimensional Filter Statistics'),
  item('voted', 'Voted Issues'),
  item('watched', 'Watched Issues'),
  gadget('greenhopper', 'greenhopper-gadget-sprint-burndown', 'Sprint Burndown Gadget'),
  gadget('greenhopper', 'greenhopper-gadget-sprint-health', 'Sprint Health Gadget'),
];
