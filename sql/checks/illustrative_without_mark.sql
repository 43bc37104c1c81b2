-- check: 演示数据标明性质：低可信度、演示来源、备注
SELECT origin, indicator_id, confidence, source_id, note
FROM observations
WHERE status = 'illustrative'
  AND (
      confidence <> 'low'
      OR source_id <> 'demo_generator'
      OR note NOT LIKE '%演示数据，不作决策依据%'
  )
